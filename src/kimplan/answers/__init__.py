"""What a command answers, as plain data: tables and sentences for people, values for programs."""
