"""What decides about data sets: forms of rows, what makes a tree whole, what an export holds. No database in here."""
