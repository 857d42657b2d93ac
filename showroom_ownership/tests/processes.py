"""Threads that begin together, and processes that are killed: for the tests on real connections."""

import os
import signal
import threading


def at_once(*jobs):
    """Run jobs in threads that begin together.

    :return: what they raised.
    """
    errors, ready = [], threading.Barrier(len(jobs))

    def run(job):
        ready.wait()
        try:
            job()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def killed(job):
    """Run a job in a process of its own, and kill it as soon as it says so.

    :param job: is called with the end of a pipe on which it writes a byte, and does not come back.
    """
    read, write = os.pipe()
    child = os.fork()
    if not child:
        job(write)
    os.read(read, 1)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
