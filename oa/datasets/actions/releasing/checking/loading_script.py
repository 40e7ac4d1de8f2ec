"""Run by itself, in a process of its own: loads files with `datasets`, as a reader would, and says how many rows.

Standard input: {"cache", "megabytes", "jobs": [{"name", "args": […of load_dataset], "kwargs": {…}, "features"}]}.
Standard output: one line {"name", "rows": {split: number}, "columns": […]} for each job that has gone well. The first
that does not ends it with a traceback. Nothing of the site is imported here.
"""

import json
import os
import resource
import shutil
import sys


def main() -> None:
    asked = json.load(sys.stdin)
    os.nice(5)
    most = asked["megabytes"] * 1024 * 1024
    # Not the address space: files that are mapped into it cost nothing.
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    from datasets import Features, load_dataset

    for job in asked["jobs"]:
        kwargs = dict(job["kwargs"])
        if job.get("features"):
            kwargs["features"] = Features.from_dict(job["features"])
        found = load_dataset(*job["args"], cache_dir=asked["cache"], **kwargs)
        rows = {split: part.num_rows for split, part in found.items()}
        columns = sorted({name for part in found.values() for name in part.column_names})
        sys.stdout.write(json.dumps({"name": job["name"], "rows": rows, "columns": columns}) + "\n")
        sys.stdout.flush()
        del found
        shutil.rmtree(asked["cache"], ignore_errors=True)


if __name__ == "__main__":
    main()
