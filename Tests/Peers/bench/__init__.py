"""One machine as a small Internet: hosts with names and addresses of their own, TLS, DNS, and places that must stay dark."""
