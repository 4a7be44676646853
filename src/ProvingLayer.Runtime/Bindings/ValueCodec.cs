using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Runtime.Bindings;

/// <summary>Takes values of a type apart into the scalars that circuits know, each under its path, and puts them together again. For generated code.</summary>
/// <typeparam name="T">The type.</typeparam>
/// <param name="write">Puts the scalars of a value under a path.</param>
/// <param name="clear">Puts zeros there.</param>
/// <param name="read">The value whose scalars stand there.</param>
public sealed class ValueCodec<T>(
    Action<T, string, IDictionary<string, Scalar>> write, Action<string, IDictionary<string, Scalar>> clear, Func<string, IReadOnlyDictionary<string, Scalar>, T> read)
{
    /// <summary>Puts the scalars of a value under a path.</summary>
    /// <param name="value">The value.</param>
    /// <param name="path">The path.</param>
    /// <param name="into">Where to.</param>
    public void Write(T value, string path, IDictionary<string, Scalar> into) => write(value, path, into);

    /// <summary>Puts zeros where the value's scalars would stand.</summary>
    /// <param name="path">The path.</param>
    /// <param name="into">Where to.</param>
    public void Clear(string path, IDictionary<string, Scalar> into) => clear(path, into);

    /// <summary>The value whose scalars stand under a path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="from">Where from.</param>
    /// <returns>The value.</returns>
    /// <exception cref="TenorException">A scalar is missing, or is none of this type.</exception>
    public T Read(string path, IReadOnlyDictionary<string, Scalar> from) => read(path, from);
}
