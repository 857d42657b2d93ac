def forget(env):
    """Forget what is kept in memory (ormcache) about outlets, members and policies, because it was just changed.

    Once now, for the rest of the transaction; and once when it is committed, because until then another thread of the
    server may have read the old state into memory again.
    """
    env.registry.clear_cache()
    env.cr.postcommit.add(env.registry.clear_cache)
