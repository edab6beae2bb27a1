"""What is public as files to take along: facts of one publication on one day, each file with its digest."""
