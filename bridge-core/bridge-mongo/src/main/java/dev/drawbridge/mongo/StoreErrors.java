package dev.drawbridge.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import dev.drawbridge.model.port.StoreUnavailableException;
import java.util.Set;

/// Tells what an error of the driver means, by type and code: a taken key, a store that is down, or a bug.
final class StoreErrors {
    private static final int DUPLICATE_KEY = 11000;
    private static final int WRITE_CONFLICT = 112;

    /// Codes of a server that cannot serve now, from MongoDB's list of error codes.
    private static final Set<Integer> UNAVAILABLE = Set.of(
            6, // HostUnreachable
            7, // HostNotFound
            13, // Unauthorized
            18, // AuthenticationFailed
            24, // LockTimeout
            50, // MaxTimeMSExpired
            64, // WriteConcernFailed
            89, // NetworkTimeout
            91, // ShutdownInProgress
            WRITE_CONFLICT,
            189, // PrimarySteppedDown
            262, // ExceededTimeLimit
            9001, // SocketException
            10107, // NotWritablePrimary
            11600, // InterruptedAtShutdown
            11602, // InterruptedDueToReplStateChange
            13435, // NotPrimaryNoSecondaryOk
            13436, // NotPrimaryOrSecondary
            14031); // OutOfDiskSpace

    private StoreErrors() {}

    /// Passes on everything but a taken unique key.
    ///
    /// @return false, always
    static boolean taken(MongoException error) {
        if (error.getCode() != DUPLICATE_KEY) {
            throw error;
        }
        return false;
    }

    /// Whether the server gave an operation up, undone, because another one was in its way.
    static boolean conflict(MongoException error) {
        return error.getCode() == WRITE_CONFLICT && !(error instanceof MongoBulkWriteException);
    }

    /// What to throw for an error: that the store is down, or the error itself because it is a bug.
    static RuntimeException told(MongoException error) {
        if (error instanceof MongoInterruptedException) {
            Thread.currentThread().interrupt();
            return new StoreUnavailableException("the wait for the store was interrupted", error);
        }
        boolean down = error instanceof MongoSocketException
                || error instanceof MongoTimeoutException
                || error instanceof MongoSecurityException
                || error instanceof MongoWriteConcernException
                || error instanceof MongoClientException
                || UNAVAILABLE.contains(error.getCode());
        return down ? new StoreUnavailableException("the store does not answer: " + error.getMessage(), error) : error;
    }
}
