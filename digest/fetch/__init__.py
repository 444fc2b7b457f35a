"""Bring articles in from the web: the feeds of `outlets.yml` and the pages behind them."""
