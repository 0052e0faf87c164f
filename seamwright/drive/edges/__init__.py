"""Where it is overheard: one edge per arrow, through a tap and a Toxiproxy proxy."""
