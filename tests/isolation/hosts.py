"""Headers by which a client says which host it meant, and tenant: none of them decides anything."""

SPOOFS = ("X-Forwarded-Host", "X-Host", "X-Original-Host", "X-Forwarded-Server", "X-HTTP-Host-Override",
          "X-Rewrite-URL",
          "X-Original-URL", "X-Tenant", "X-Tenant-Id", "X-Organization", "X-Real-Host")
