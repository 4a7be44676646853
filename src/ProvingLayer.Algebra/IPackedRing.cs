namespace ProvingLayer.Algebra;

/// <summary>Sixteen elements that are computed side by side, one in each lane.</summary>
/// <typeparam name="T">The implementing type.</typeparam>
/// <typeparam name="TElement">What a lane holds.</typeparam>
public interface IPackedRing<T, TElement> : IRing<T>
    where T : struct, IPackedRing<T, TElement>
    where TElement : struct, IRing<TElement>
{
    /// <summary>The first sixteen elements of a span.</summary>
    static abstract T Load(ReadOnlySpan<TElement> elements);

    /// <summary>The same element in all lanes.</summary>
    static abstract T Broadcast(TElement value);

    /// <summary>Writes the sixteen elements to the beginning of a span.</summary>
    void Store(Span<TElement> elements);
}
