using System.Diagnostics.CodeAnalysis;
using ProvingLayer.Recursion;
using ProvingLayer.Runtime;

namespace ProvingLayer.Cli.Commands;

/// <summary>What a proof says, in either of the two forms that a statement's file has: of a transition or a claim, or of a history.</summary>
internal sealed record Claim
{
    private Claim()
    {
    }

    /// <summary>Of a transition or a claim; null of a history.</summary>
    public TenorStatement? Statement { get; private init; }

    /// <summary>Of a history; null otherwise.</summary>
    public TenorHistory? History { get; private init; }

    /// <summary>Reads a file by the ABI of a key.</summary>
    public static bool TryParse(byte[] utf8, TenorKey key, string path, [NotNullWhen(true)] out Claim? claim, [NotNullWhen(false)] out TenorError? error)
    {
        claim = null;
        if (TenorHistory.IsHistory(utf8))
        {
            if (TenorHistory.TryParse(utf8, key.Abi, path, out var history, out error))
                claim = new() { History = history };
        }
        else if (TenorStatement.TryParse(utf8, key.Abi, path, out var statement, out error))
        {
            claim = new() { Statement = statement };
        }

        return claim is not null;
    }

    /// <summary>Whether its digests are those of its values, and what contradicts itself.</summary>
    public bool TryOpen([NotNullWhen(false)] out TenorError? error) => History is not null ? History.TryOpen(out error) : Statement!.TryOpen(out error);

    /// <summary>Whether a proof shows it.</summary>
    public TenorVerification Verify(TenorKey key, byte[] proof) => History is not null ? TenorVerifier.Verify(key, History, proof) : TenorVerifier.Verify(key, Statement!, proof);

    /// <summary>Whether an aggregate is about it.</summary>
    public TenorVerification VerifyInclusion(TenorKeySet keys, TenorAggregate aggregate, TenorKey key, InclusionPath path) => History is not null
        ? TenorVerifier.VerifyInclusion(keys, aggregate, key, History, path)
        : TenorVerifier.VerifyInclusion(keys, aggregate, key, Statement!, path);

    /// <summary>A proof of it, to go into an aggregate.</summary>
    public TenorLeaf AsLeaf(byte[] proof) => History is not null ? TenorLeaf.Of(History, proof) : TenorLeaf.Of(Statement!, proof);
}
