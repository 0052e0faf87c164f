"""What is asked: pure, the same for the same contract."""
