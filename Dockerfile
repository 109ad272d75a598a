# One image, two commands: "premod serve" and "premod worker".
FROM python:3.11-slim AS build
COPY . /source
RUN pip install --no-cache-dir uv==0.13.9 && cd /source \
 && uv export --frozen --no-dev --no-emit-project --output-file /requirements.txt \
 && uv build --wheel --out-dir /wheels

FROM python:3.11-slim
COPY --from=build /requirements.txt /wheels /wheels/
RUN pip install --no-cache-dir --require-hashes -r /wheels/requirements.txt \
 && pip install --no-cache-dir --no-deps /wheels/*.whl \
 && useradd --create-home premod && install -d -o premod /data
USER premod
ENV PREMOD_DATA=/data PREMOD_HOST=0.0.0.0
VOLUME /data
EXPOSE 8000
CMD ["premod", "serve"]
