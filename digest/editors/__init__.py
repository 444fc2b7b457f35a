"""What editors decide and are told: `overrides.yml`, the worklist, withdrawals."""
