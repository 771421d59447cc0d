"""The server under fault: start races, kills, hostile input."""
