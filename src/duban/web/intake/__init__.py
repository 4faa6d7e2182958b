"""What does not come from a report: appeals, petitions, proposals, instructions and problems found, from intake to answer."""
