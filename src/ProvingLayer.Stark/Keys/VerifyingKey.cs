using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Stark.LogUp;
using ProvingLayer.Stark.Protocol;
using ProvingLayer.Stark.Security;

namespace ProvingLayer.Stark.Keys;

/// <summary>
/// What a verifier must hold to check proofs of one circuit. Free of the number of instances. Reproducible from the circuit: a root alone
/// cannot be audited.
/// </summary>
public sealed class VerifyingKey
{
    /// <summary>The domain tag of key digests: "KEY".</summary>
    public const uint DomainTag = 0x4b4559;

    internal VerifyingKey(
        Digest machineId, uint suiteId, Profile profile, ImmutableArray<KeyTable> tables, int maxLogInstances, int publicCount, Digest preprocessedRoot, bool isHiding = false)
    {
        IsHiding = isHiding;
        Parameters = profile.ParametersOf(isHiding);
        MachineId = machineId;
        SuiteId = suiteId;
        Profile = profile;
        Tables = tables;
        MaxLogInstances = maxLogInstances;
        PublicCount = publicCount;
        PreprocessedRoot = preprocessedRoot;
        Digest = HashSuites.Get(suiteId).Hash(DomainTag, Elements());
    }

    /// <summary>The digest of every chip's constraints, columns and messages.</summary>
    public Digest MachineId { get; }

    /// <summary>The hash suite.</summary>
    public uint SuiteId { get; }

    /// <summary>The profile with its parameters.</summary>
    public Profile Profile { get; }

    /// <summary>
    /// Whether proofs hide their witness: zero knowledge. A circuit has a hiding key and a transparent one, its sister; a proof is of one of them.
    /// </summary>
    public bool IsHiding { get; }

    /// <summary>The profile's parameters, transparent or hiding.</summary>
    public ProofParameters Parameters { get; }

    /// <summary>The tables, in the machine's order.</summary>
    public ImmutableArray<KeyTable> Tables { get; }

    /// <summary>log₂ of the most instances in one proof; 0 for a circuit that is only ever proved once.</summary>
    public int MaxLogInstances { get; }

    /// <summary>Public values: field elements, in their order.</summary>
    public int PublicCount { get; }

    /// <summary>The commitment to the preprocessed columns.</summary>
    public Digest PreprocessedRoot { get; }

    /// <summary>The digest over every field of this key; part of every transcript.</summary>
    public Digest Digest { get; }

    /// <summary>The proven security of a proof of 2^<paramref name="logInstances"/> instances.</summary>
    public SecurityLevel SecurityAt(int logInstances)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(logInstances);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(logInstances, MaxLogInstances);
        return SecurityLevel.Of(Parameters, new ProofShape(this, logInstances).Soundness(), Profile.Regime);
    }

    /// <summary>The tables of a machine whose circuit has these periods.</summary>
    internal static ImmutableArray<KeyTable> TablesOf(IEnumerable<(Chip Chip, int LogPeriod)> tables, int maxLogInstances, ProofParameters parameters) =>
        [.. tables.Select(table => KeyTable.Of(new TableLayout(table.Chip, parameters, table.LogPeriod, maxLogInstances), table.LogPeriod))];

    /// <summary>Every field, in a fixed order; lists are preceded by their length.</summary>
    private KoalaBear[] Elements()
    {
        var elements = new List<KoalaBear> { Number((int)ProofHeader.ProtocolVersion) };
        elements.AddRange(MachineId.AsSpan());
        elements.Add(Number((int)SuiteId));
        elements.AddRange(ProofHeader.ParametersOf(Profile, Parameters));
        elements.Add(Number(IsHiding ? 1 : 0));
        elements.Add(Number(1)); // circuits
        elements.Add(Number(MaxLogInstances));
        elements.Add(Number(PublicCount));
        elements.Add(Number(Tables.Length));
        foreach (var table in Tables)
        {
            foreach (var number in (ReadOnlySpan<int>)[table.LogPeriod, table.IsShared ? 1 : 0, table.PreprocessedWidth, table.MainWidth, table.PermutationWidth, table.Chunks])
                elements.Add(Number(number));
        }

        elements.AddRange(PreprocessedRoot.AsSpan());
        return [.. elements];
    }

    private static KoalaBear Number(int value) => KoalaBear.FromCanonical((uint)value);
}
