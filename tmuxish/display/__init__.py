"""What an attached client sees: a frame composed of panes, borders and status; only changes are sent."""
