"""A reference trainer on graph-features: not a model to trade on, but one to start from."""
