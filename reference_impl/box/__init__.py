"""What the boxes share: reading the environment, writing log lines, serving HTTP."""
