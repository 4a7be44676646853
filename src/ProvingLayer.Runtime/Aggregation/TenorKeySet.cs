using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Recursion;
using ProvingLayer.Recursion.Formats;
using ProvingLayer.Runtime.Files;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Runtime;

/// <summary>
/// Which proofs may become one: the circuits that verify them and each other, under one root. Whoever verifies an aggregate must have the root from someone he trusts, or make the set himself from
/// the verifying keys: the same keys in the same order give the same bytes.
/// </summary>
public sealed class TenorKeySet
{
    /// <summary>The most bytes a key set's file may have.</summary>
    public const int MaxFileSize = 64 * 1024 * 1024;

    internal TenorKeySet(KeySet set) => Set = set;

    /// <summary>The circuits.</summary>
    public KeySet Set { get; }

    /// <summary>vkRoot: the digest that all statements of its aggregates name.</summary>
    public Digest Root => Set.Root;

    /// <summary>The profile of its proofs.</summary>
    public Profile Profile => Set.Shape.Profile;

    /// <summary>Whether the proof of an aggregate of this set hides what its parts know.</summary>
    /// <param name="aggregate">What it says, and by which circuit.</param>
    public bool IsHiding(TenorAggregate aggregate)
    {
        ArgumentNullException.ThrowIfNull(aggregate);
        return aggregate.Circuit < Set.Members.Length && Set.Members[aggregate.Circuit].IsSeal;
    }

    /// <summary>Makes the set that admits the proofs of some programs: each transition or statement once at a time.</summary>
    /// <param name="keys">The programs' keys.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>An aggregator, which holds the set.</returns>
    /// <exception cref="TenorException">There are too many, or a key does not fit.</exception>
    public static TenorAggregator Build(IEnumerable<TenorKey> keys, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return Build(keys.SelectMany(key => key.Functions).Select(key => new KeySetLeaf(key, InstanceCounts.Single)), RecursionShape.Standard, VerifierOptions.Default, cancellation);
    }

    /// <summary>Makes the set that admits proofs like these: of the same program's key, with as many instances. So histories are admitted, whose keys allow many sizes.</summary>
    /// <param name="keys">The programs' keys.</param>
    /// <param name="proofs">The bytes of proofs' files.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>An aggregator, which holds the set.</returns>
    /// <exception cref="TenorException">A proof cannot be read or is of none of the programs; there are too many; a key does not fit.</exception>
    public static TenorAggregator BuildFor(IEnumerable<TenorKey> keys, IEnumerable<byte[]> proofs, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(proofs);
        return Build(LeavesLike([.. keys], proofs), RecursionShape.Standard, VerifierOptions.Default, cancellation);
    }

    /// <summary>Reads a key set's file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The set.</returns>
    /// <exception cref="TenorException">The file cannot be read, or is no key set.</exception>
    public static TenorKeySet Load(string path) => DurableFile.TryRead(path, MaxFileSize, out var bytes, out var error) && TryRead(bytes, path, out var set, out error) ? set : throw new TenorException(error);

    /// <summary>Reads a key set from the bytes of its file, or says what is wrong with them.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="set">The set.</param>
    /// <param name="error">What is wrong.</param>
    /// <returns>Whether it was read.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, string? file, [NotNullWhen(true)] out TenorKeySet? set, [NotNullWhen(false)] out TenorError? error) =>
        TryRead(bytes, file, VerifierOptions.Default, out set, out error);

    internal static bool TryRead(ReadOnlySpan<byte> bytes, string? file, VerifierOptions options, [NotNullWhen(true)] out TenorKeySet? set, [NotNullWhen(false)] out TenorError? error)
    {
        set = KeySetFormat.TryRead(bytes, out var content, out var fault, options) ? new(content) : null;
        error = set is null ? new(TenorErrorKind.Format, $"this is no key set that can be read: {fault}", file) : null;
        return set is not null;
    }

    /// <summary>The set as the bytes of a file: one set, one encoding.</summary>
    /// <returns>The bytes.</returns>
    public byte[] ToBytes() => KeySetFormat.Write(Set);

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    public void Save(string path) => DurableFile.Write(path, ToBytes());

    internal static TenorAggregator Build(IEnumerable<KeySetLeaf> leaves, RecursionShape shape, VerifierOptions options, CancellationToken cancellation)
    {
        try
        {
            return new(Aggregator.Create(shape, leaves, options, cancellation), options);
        }
        catch (ArgumentException e)
        {
            throw new TenorException(new(TenorErrorKind.Mismatch, $"these keys make no key set: {e.Message}"));
        }
    }

    /// <summary>The leaves that proofs may be, each once, in the order of the proofs.</summary>
    internal static IEnumerable<KeySetLeaf> LeavesLike(ImmutableArray<TenorKey> keys, IEnumerable<byte[]> proofs)
    {
        var leaves = new List<KeySetLeaf>();
        var number = 0;
        foreach (var bytes in proofs)
        {
            number++;
            if (!Stark.Formats.ProofFormat.TryRead(bytes, out var proof, out var fault))
                throw new TenorException(new(TenorErrorKind.Format, $"proof {number} cannot be read: {fault}"));
            var known = leaves.Count;
            var found = false;
            foreach (var key in keys.SelectMany(program => program.History is { } history ? program.Functions.Append(history) : program.Functions).Where(key => KeySetLeaf.HasLengthsOf(key, proof)))
            {
                found = true;
                if (!leaves.Any(leaf => leaf.Key.Digest == key.Digest && leaf.Instances.Equals(proof.Instances)))
                    leaves.Add(new(key, proof.Instances));
            }

            if (!found)
                throw new TenorException(new(TenorErrorKind.Mismatch, $"proof {number} is of none of these keys"));
        }

        return leaves;
    }
}
