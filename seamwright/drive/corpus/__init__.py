"""Generated requests of a whole contract: made once, frozen, kept for the next run."""
