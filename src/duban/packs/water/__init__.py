"""Surface water: samples at sections become classes, shares of good sections, pollutants and the state of lakes."""
