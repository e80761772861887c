package dev.drawbridge.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import dev.drawbridge.model.port.StoreUnavailableException;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;

class StoreErrorsTest {
    @Test
    void aServerThatCannotServeIsUnavailableAndKeepsItsCause() {
        MongoTimeoutException timeout = new MongoTimeoutException("no server chosen");
        assertThat(StoreErrors.told(timeout))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("the store does not answer: no server chosen")
                .hasCause(timeout);
        for (int code : new int[] {64, 91, 112, 189, 10107, 11600, 13436, 14031}) {
            assertThat(StoreErrors.told(command(code))).isInstanceOf(StoreUnavailableException.class);
        }
    }

    @Test
    void anythingElseIsABugAndStaysWhatItIs() {
        for (int code : new int[] {2, 9, 20, 26, 40, 11000}) {
            MongoException error = command(code);
            assertThat(StoreErrors.told(error)).isSameAs(error);
        }
    }

    @Test
    void anInterruptionIsPassedOnToTheThread() {
        assertThat(StoreErrors.told(new MongoInterruptedException("stop", new InterruptedException())))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aTakenKeyIsToldByItsCodeNotByItsText() {
        assertThat(StoreErrors.taken(command(11000))).isFalse();
        assertThatThrownBy(() -> StoreErrors.taken(command(9))).isInstanceOf(MongoException.class);
    }

    private static MongoException command(int code) {
        return new MongoCommandException(
                new BsonDocument("ok", new BsonInt32(0))
                        .append("code", new BsonInt32(code))
                        .append("errmsg", new BsonString("E11000 duplicate key")),
                new ServerAddress());
    }
}
