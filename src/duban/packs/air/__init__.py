"""Ambient air: hourly station readings → daily values, air quality index, days by class, annual means."""
