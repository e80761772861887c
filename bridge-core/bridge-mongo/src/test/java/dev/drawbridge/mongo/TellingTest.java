package dev.drawbridge.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.ServerAddress;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.MongoCollection;
import dev.drawbridge.model.port.StoreUnavailableException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class TellingTest {
    private final Queue<MongoException> errors = new ArrayDeque<>();
    private final MongoCollection<?> collection =
            Telling.telling(MongoCollection.class, scripted(), Duration.ofNanos(1));
    private int asked;

    @Test
    void whatAnotherOperationWasInTheWayOfIsAskedAgain() {
        errors.addAll(List.of(error(112), error(112), error(112)));
        assertThat(collection.countDocuments()).isEqualTo(7);
        assertThat(asked).isEqualTo(4);
    }

    @Test
    void aConflictThatDoesNotEndIsAnOutage() {
        for (int i = 0; i < 20; i++) {
            errors.add(error(112));
        }
        assertThatThrownBy(collection::countDocuments).isInstanceOf(StoreUnavailableException.class);
        assertThat(asked).isEqualTo(11);
    }

    @Test
    void otherErrorsAndHalfDoneBulksAreToldAtOnce() {
        errors.add(error(11000));
        assertThatThrownBy(collection::countDocuments)
                .isInstanceOfSatisfying(
                        MongoException.class, e -> assertThat(e.getCode()).isEqualTo(11000));
        errors.add(new MongoBulkWriteException(
                BulkWriteResult.unacknowledged(),
                List.of(new BulkWriteError(112, "conflict", new BsonDocument(), 1)),
                null,
                new ServerAddress(),
                Set.of()));
        assertThatThrownBy(collection::countDocuments).isInstanceOf(MongoBulkWriteException.class);
        assertThat(asked).isEqualTo(2);
    }

    private MongoCollection<?> scripted() {
        return (MongoCollection<?>) Proxy.newProxyInstance(
                Document.class.getClassLoader(), new Class<?>[] {MongoCollection.class}, (_, _, _) -> {
                    asked++;
                    if (!errors.isEmpty()) {
                        throw errors.remove();
                    }
                    return 7L;
                });
    }

    private static MongoException error(int code) {
        return new MongoCommandException(
                new BsonDocument("ok", new BsonInt32(0)).append("code", new BsonInt32(code)), new ServerAddress());
    }
}
