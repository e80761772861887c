package dev.drawbridge.broken.engine;

import com.mongodb.client.MongoClient;

/// The engine must not know the database.
public record KnowsMongo(MongoClient client) {}
