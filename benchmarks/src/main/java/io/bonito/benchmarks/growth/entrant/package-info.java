/** What runs while time is taken, loaded anew for each driver; JDBC is all it knows. */
@NullMarked
package io.bonito.benchmarks.growth.entrant;

import org.jspecify.annotations.NullMarked;
