#!/usr/bin/env python3
"""Holds answers to the schemas of openapi.yaml: api_shapes.py CONTRACT ANSWERS, one JSON object a line with method,
path (as in the contract), status and body. Members that the contract does not know are wrong as well."""
import json
import sys

import jsonschema
import yaml


def as_json_schema(node):
    """OpenAPI 3.0's dialect in JSON Schema's words (draft 4): nullable, and nothing beyond what is described."""
    if isinstance(node, list):
        return [as_json_schema(item) for item in node]
    if not isinstance(node, dict):
        return node
    node = {key: as_json_schema(value) for key, value in node.items()}
    if isinstance(node.get("properties"), dict) and node.get("type") == "object":
        node.setdefault("additionalProperties", False)
    if node.pop("nullable", False) is True:
        return {"anyOf": [node, {"type": "null"}]}
    return node


def schema_of(contract, answer):
    operation = contract["paths"][answer["path"]][answer["method"].lower()]
    if answer["status"] >= 400:
        return {"$ref": "#/components/schemas/Error"}
    response = operation["responses"].get(str(answer["status"]))
    if response is None:
        raise ValueError(f"the contract knows no status {answer['status']}")
    content = response.get("content")
    return content["application/json"]["schema"] if content else {"type": "null"}


def complaints(contract, line):
    answer = json.loads(line)
    where = f"{answer['method']} {answer['path']} {answer['status']}"
    try:
        schema = {"allOf": [as_json_schema(schema_of(contract, answer))],
                  "components": as_json_schema(contract["components"])}
    except (KeyError, ValueError) as wrong:
        yield f"{where}: {wrong}"
        return
    for error in jsonschema.Draft4Validator(schema).iter_errors(answer["body"]):
        yield f"{where}: {'/'.join(map(str, error.absolute_path))}: {error.message}"


def unseen(contract, lines):
    """Every success that the contract gives a shape has to be among the answers: else nothing was checked."""
    seen = {(answer["path"], answer["method"].lower(), str(answer["status"])) for answer in map(json.loads, lines)}
    for path, operations in contract["paths"].items():
        for method, operation in operations.items():
            if method == "parameters":
                continue
            for status, response in operation["responses"].items():
                if "content" in response and (path, method, status) not in seen:
                    yield f"{method.upper()} {path} {status}: not among the answers"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        contract = yaml.safe_load(file)
    with open(sys.argv[2], encoding="utf-8") as file:
        lines = file.read().splitlines()
    if not lines:
        sys.exit("no answers to check")
    found = [complaint for line in lines for complaint in complaints(contract, line)]
    found.extend(unseen(contract, lines))
    print("\n".join(found) or f"{len(lines)} answers are as the contract says")
    return 1 if found else 0


sys.exit(main())
