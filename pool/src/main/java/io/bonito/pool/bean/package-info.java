/**
 * A pool as frameworks configure one: a class with setters. Knows no framework, and loads no class
 * by its name.
 */
@NullMarked
package io.bonito.pool.bean;

import org.jspecify.annotations.NullMarked;
