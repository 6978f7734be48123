"""What a day is: pure values and rules. No clock, no file, no database, no screen; `now` is an argument."""
