namespace ProvingLayer.Stark.Verification;

/// <summary>What a caller may allow beyond the default.</summary>
public sealed record VerifierOptions
{
    /// <summary>Nothing beyond the default.</summary>
    public static VerifierOptions Default { get; } = new();

    /// <summary>Accept keys of the test profile, whose proofs prove nothing.</summary>
    public bool AllowTestProfile { get; init; }
}
