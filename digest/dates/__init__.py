"""Find the days, months and years that articles state; `stated.stated_dates` is the way in."""
