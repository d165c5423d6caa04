#!/usr/bin/env bash
# Builds every function once, for Lambda, into target/lambda/<name>/bootstrap, and says how large each is.
# ARCH=arm64 or x86_64 (what can be built, arm64 first); LTO=fat, thin or off (what Cargo.toml says).
set -euo pipefail
cd "$(dirname "$0")/.."
most_bytes=$((8 * 1024 * 1024))

bash infra/tools.sh build
export PATH="$PWD/.tools/build/bin:$PATH"

can_build_arm() {
    [ -d "$(rustc --print sysroot)/lib/rustlib/aarch64-unknown-linux-gnu/lib" ]
}
arch=${ARCH:-}
if [ -z "$arch" ]; then
    arch=arm64
    if ! can_build_arm; then
        arch=x86_64
        echo "Rust cannot build for arm64 here, so the functions are built for x86-64, which costs a quarter more per"
        echo "second. To build for arm64: rustup target add aarch64-unknown-linux-gnu"
    fi
fi
case "$arch" in
arm64)
    if ! can_build_arm; then
        echo "Rust cannot build for arm64 here: rustup target add aarch64-unknown-linux-gnu" >&2
        exit 1
    fi
    target=--arm64
    ;;
x86_64) target=--x86-64 ;;
*)
    echo "ARCH is arm64 or x86_64, not $arch" >&2
    exit 2
    ;;
esac

packages=()
for folder in functions/*/; do
    packages+=(--package "$(basename "$folder")")
done
if [ -n "${LTO:-}" ]; then
    export CARGO_PROFILE_LAMBDA_LTO=$LTO
fi
# A third of each binary would be tables for unwinding, which a panic that aborts never does, and for being loaded
# anywhere, which costs the start some thousand relocations.
unset CARGO_ENCODED_RUSTFLAGS
export RUSTFLAGS="-C force-unwind-tables=no -C relocation-model=static${RUSTFLAGS:+ $RUSTFLAGS}"
# Collecting jitter as a second source of entropy costs about 50 ms at every cold start; Lambda's kernel is seeded.
export AWS_LC_SYS_NO_JITTER_ENTROPY=1
cargo lambda build --profile lambda "$target" "${packages[@]}"
echo "$arch" >target/lambda/architecture

echo "Sizes in KiB ($arch), the limit of each is $((most_bytes / 1024)):"
too_large=0
sum=0
for folder in functions/*/; do
    name=$(basename "$folder")
    bytes=$(wc -c <"target/lambda/$name/bootstrap")
    sum=$((sum + bytes))
    printf '  %-26s %6d\n' "$name" $((bytes / 1024))
    if [ "$bytes" -gt "$most_bytes" ]; then
        too_large=1
        echo "  $name is larger than it may be" >&2
    fi
done
echo "All together: $((sum / 1024 / 1024)) MiB"
exit $too_large
