package dev.drawbridge.mongo;

import com.mongodb.MongoException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/// Stands before an object of the driver, and before each one it hands out, and tells an outage of the server as
/// what it is: so that nobody who stores something has to.
///
/// @param behind the driver's object
record Telling(Object behind) implements InvocationHandler {
    private static final String DRIVER = "com.mongodb.client";

    static <T> T telling(Class<T> type, Object behind) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new Telling(behind)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return wrapped(method.getReturnType(), method.invoke(behind, arguments));
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof MongoException told ? StoreErrors.told(told) : e.getTargetException();
        }
    }

    private static @Nullable Object wrapped(Class<?> type, @Nullable Object answer) {
        boolean theirs = type.isInterface() && type.getPackageName().startsWith(DRIVER);
        return answer != null && theirs ? telling(type, answer) : answer;
    }
}
