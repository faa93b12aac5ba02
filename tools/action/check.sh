#!/usr/bin/env bash
# Holds the action and the CI templates against the linters of their servers; each must be on PATH:
#   go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12
#   pip install zizmor==1.32.0 check-jsonschema==0.39.0
#   npm install --global gitlab-ci-local@4.65.0
set -euo pipefail
cd "$(dirname "$0")/../.."
for tool in actionlint zizmor check-jsonschema gitlab-ci-local; do
  command -v "$tool" > /dev/null || { echo "$tool is not on PATH: see tools/action/check.sh" >&2; exit 2; }
done
actionlint templates/github/*.yml
zizmor --offline --no-progress --quiet action.yml templates/github/*.yml
check-jsonschema --builtin-schema vendor.github-actions action.yml
check-jsonschema --builtin-schema vendor.github-workflows templates/github/*.yml
# A component has its inputs in a document of its own, which the schema of pipelines does not know.
for template in templates/gitlab/*.yml; do
  sed '1,/^---$/d' "$template" | check-jsonschema --builtin-schema vendor.gitlab-ci --default-filetype yaml -
done
# As a pipeline that includes the component, with an input filled in.
project=$(mktemp -d)
trap 'rm -rf "$project"' EXIT
cp templates/gitlab/fini-harness.yml "$project"
cat > "$project/.gitlab-ci.yml" << 'PIPELINE'
include:
  - local: fini-harness.yml
    inputs: { rate: 2, scenario: smoke }
PIPELINE
git -C "$project" init --quiet --initial-branch=main
git -C "$project" remote add origin git@gitlab.com:acme/shop.git
git -C "$project" add .
git -C "$project" -c user.name=check -c user.email=check@example.com commit --quiet --message check
(cd "$project" && gitlab-ci-local --preview 2> /dev/null) | grep -q "RATE: '2'" ||
  { echo 'the GitLab component does not fill in its inputs' >&2; exit 1; }
