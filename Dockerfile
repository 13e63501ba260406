# syntax=docker/dockerfile:1
FROM python:3.12-slim AS build
WORKDIR /src
RUN python -m venv /opt/invoicing
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY app ./app
COPY migrations ./migrations
RUN /opt/invoicing/bin/pip install --no-cache-dir --constraint constraints.txt '.[postgres,otel]'

FROM python:3.12-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/invoicing --create-home invoicing
# A volume over it takes its owner.
RUN install -d -o invoicing -m 700 /var/lib/invoicing/archive
COPY --from=build /opt/invoicing /opt/invoicing
ENV PATH=/opt/invoicing/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    INVOICING_HOST=0.0.0.0 \
    INVOICING_LOG_FORMAT=json
USER invoicing
WORKDIR /var/lib/invoicing
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz', timeout=2)"]
ENTRYPOINT ["invoicing"]
CMD ["serve"]
