using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Stark.Keys;

/// <summary>A hash suite chosen at run time: what it does is generic inside.</summary>
internal abstract class HashSuite
{
    public abstract uint Id { get; }

    public abstract string Name { get; }

    public abstract Digest Hash(uint domainTag, ReadOnlySpan<KoalaBear> elements);

    public abstract Digest Compress(Digest left, Digest right);

    public abstract Digest MachineId(Machine machine);

    public abstract ProvingKey Commit(CircuitUnion union, Profile profile, int maxLogInstances, bool isHiding);

    public abstract VerificationResult Verify(VerifyingKey key, ReadOnlySpan<KoalaBear> publicValues, Proof proof, VerifierOptions options);
}

/// <summary>The suites that keys may name.</summary>
internal static class HashSuites
{
    public static ImmutableArray<HashSuite> All { get; } = [new HashSuite<Poseidon2>(), new HashSuite<Poseidon1>()];

    public static HashSuite? Find(uint id) => All.FirstOrDefault(suite => suite.Id == id);

    public static HashSuite Get(uint id) => Find(id) ?? throw new InvalidOperationException($"compiler bug: no hash suite has the id {id}");
}

/// <summary>A suite by its permutation.</summary>
internal sealed class HashSuite<TPermutation> : HashSuite
    where TPermutation : IPermutation
{
    public override uint Id => TPermutation.SuiteId;

    public override string Name => TPermutation.Name;

    public override Digest Hash(uint domainTag, ReadOnlySpan<KoalaBear> elements) => Sponge<TPermutation>.Hash(domainTag, elements);

    public override Digest Compress(Digest left, Digest right) => Sponge<TPermutation>.Compress(left, right);

    public override Digest MachineId(Machine machine) => machine.Id<TPermutation>();

    public override ProvingKey Commit(CircuitUnion union, Profile profile, int maxLogInstances, bool isHiding) =>
        ProvingKey<TPermutation>.Commit(union, profile, maxLogInstances, isHiding);

    public override VerificationResult Verify(VerifyingKey key, ReadOnlySpan<KoalaBear> publicValues, Proof proof, VerifierOptions options) =>
        Verifier<TPermutation>.Verify(key, publicValues, proof, options);
}
