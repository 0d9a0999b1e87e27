"""What the suites that span processes share: a client that keeps every byte, clinics, a cluster, a server."""
