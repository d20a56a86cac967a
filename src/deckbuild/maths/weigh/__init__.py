"""What speaks for a formula and against one."""
