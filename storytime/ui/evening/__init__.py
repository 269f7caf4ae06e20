"""The evening's screens: the plan by day, the candle and the dark by night."""
