namespace ProvingLayer.Runtime;

/// <summary>A proof of one of the statements of a set, the base of generated classes: what a step or claim takes that verifies any of them.</summary>
public abstract class ProvedOfSet
{
    /// <summary>A proof.</summary>
    /// <param name="content">The proof of one of the statements.</param>
    protected ProvedOfSet(TenorInnerProof content)
    {
        ArgumentNullException.ThrowIfNull(content);
        Content = content;
    }

    /// <summary>The proof.</summary>
    public TenorInnerProof Content { get; }
}
