import os

bind = f"127.0.0.1:{os.environ['PORT']}"
workers = int(os.environ.get("WORKERS") or 2 * (os.cpu_count() or 1) + 1)
worker_class = os.environ.get("WORKER_CLASS", "gthread")
threads = int(os.environ.get("THREADS", 4))
keepalive = 75
preload_app = True
graceful_timeout = 5
accesslog = None
loglevel = "warning"
