using System.Collections.Immutable;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Runtime.Bindings;
using ProvingLayer.Runtime.Signing;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Proving;

namespace ProvingLayer.Runtime;

/// <summary>A claim that was proved.</summary>
/// <typeparam name="TStatement">What the proof says.</typeparam>
/// <param name="Statement">What the proof says.</param>
/// <param name="Proof">The bytes of the proof's file.</param>
public sealed record ProvedClaim<TStatement>(TStatement Statement, byte[] Proof)
    where TStatement : TypedStatement
{
    /// <summary>The proof, to go into an aggregate.</summary>
    /// <returns>The leaf.</returns>
    public TenorLeaf AsLeaf() => Statement.AsLeaf(Proof);

    /// <summary>Writes what a verifier needs besides the key: two files, <c>NAME.proof</c> and <c>NAME.json</c>.</summary>
    /// <param name="name">Their path without extension.</param>
    public void Save(string name) => Statement.SaveWith(Proof, name);
}

/// <summary>A loaded statement of Tenor, the base of generated ones: proves claims.</summary>
/// <typeparam name="TStatement">What its proofs say.</typeparam>
public abstract class TenorClaims<TStatement> : TenorProgram
    where TStatement : TypedStatement
{
    /// <summary>A statement.</summary>
    /// <param name="binding">What the bindings know.</param>
    /// <param name="path">The artifact's file; null for the one beside the application.</param>
    /// <param name="profile">The profile of the keys; standard if null.</param>
    protected TenorClaims(ProgramBinding binding, string? path, Profile? profile)
        : base(binding, path, profile)
    {
    }

    /// <summary>Makes the typed form of what a proof says.</summary>
    /// <param name="content">What a proof says.</param>
    /// <returns>The same, typed.</returns>
    protected abstract TStatement Typed(TenorStatement content);

    /// <summary>Runs a claim without proving it.</summary>
    /// <param name="arguments">Its arguments' scalars by path.</param>
    /// <returns>What a proof of it says.</returns>
    /// <exception cref="TenorException">A check fails.</exception>
    protected TStatement Execute(IReadOnlyDictionary<string, Scalar> arguments) =>
        Execute(arguments, null, null);

    /// <summary>Runs a claim that verifies proofs or takes signed data, without proving it.</summary>
    /// <param name="arguments">Its arguments' scalars by path, without what the proofs say.</param>
    /// <param name="proofs">The proofs by the paths of the arguments; null if it takes none.</param>
    /// <param name="signers">Who has signed its data, or signs it now; null if none of it is signed.</param>
    /// <returns>What a proof of it says.</returns>
    /// <exception cref="TenorException">A check fails, or a proof does not hold.</exception>
    protected TStatement Execute(IReadOnlyDictionary<string, Scalar> arguments, IReadOnlyDictionary<string, TenorInnerProof>? proofs, IReadOnlyList<ISigner>? signers) =>
        Prover.TryExecute(InputOf(arguments, proofs, signers), out var run, out var error) ? Typed(run.Statement) : throw new TenorException(error);

    /// <summary>Proves a claim that verifies proofs or takes signed data, away from the caller's thread.</summary>
    /// <param name="arguments">Its arguments' scalars by path, without what the proofs say.</param>
    /// <param name="proofs">The proofs by the paths of the arguments; null if it takes none.</param>
    /// <param name="signers">Who has signed its data, or signs it now; null if none of it is signed.</param>
    /// <param name="progress">Told as stages begin.</param>
    /// <param name="cancellation">Ends the work early, by an exception.</param>
    /// <returns>The proof, and what it says.</returns>
    protected Task<ProvedClaim<TStatement>> ProveAsync(
        IReadOnlyDictionary<string, Scalar> arguments,
        IReadOnlyDictionary<string, TenorInnerProof>? proofs,
        IReadOnlyList<ISigner>? signers,
        IProgress<ProvingProgress>? progress,
        CancellationToken cancellation) =>
        Task.Run(
            () =>
            {
                var proof = Prover.Prove(InputOf(arguments, proofs, signers), progress, cancellation);
                return new ProvedClaim<TStatement>(Typed(proof.Statement), proof.Proof);
            },
            cancellation);

    /// <summary>Proves a claim, away from the caller's thread.</summary>
    /// <param name="arguments">Its arguments' scalars by path.</param>
    /// <param name="progress">Told as stages begin.</param>
    /// <param name="cancellation">Ends the work early, by an exception.</param>
    /// <returns>The proof, and what it says.</returns>
    protected Task<ProvedClaim<TStatement>> ProveAsync(IReadOnlyDictionary<string, Scalar> arguments, IProgress<ProvingProgress>? progress, CancellationToken cancellation) =>
        ProveAsync(arguments, null, null, progress, cancellation);

    private WitnessInput InputOf(IReadOnlyDictionary<string, Scalar> arguments, IReadOnlyDictionary<string, TenorInnerProof>? proofs, IReadOnlyList<ISigner>? signers)
    {
        var abi = Prover.Artifact.Abi;
        var input = WitnessInput.Of(abi, abi.Functions[0].Name, arguments, proofs ?? ImmutableDictionary<string, TenorInnerProof>.Empty);
        return signers is null ? input : Authorization.Sign(Prover.Artifact, Prover.Key.ProgramId, input, signers);
    }
}
