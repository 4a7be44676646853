using System.Collections.Immutable;
using System.Numerics;
using ProvingLayer.Algebra;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Compiler.Scenarios;

/// <summary>Something wrong with a scenario's text, or a step that went another way than it says.</summary>
/// <param name="Path">Where in the JSON: <c>steps[1].args.spot</c>; empty for the whole.</param>
/// <param name="Message">What is wrong.</param>
public sealed record ScenarioError(string Path, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}

/// <summary>A proof that a scenario names.</summary>
/// <param name="Said">What it says: its scalars, by the names of the function's inputs.</param>
/// <param name="Proof">The bytes of its file.</param>
public sealed record ScenarioProof(IReadOnlyDictionary<string, Scalar> Said, byte[] Proof);

/// <summary>Reads the proof that a scenario names by a path.</summary>
/// <param name="path">The path, as it is written.</param>
/// <param name="asked">What the proof must be of.</param>
/// <param name="error">What is wrong with it; null where it was read.</param>
/// <returns>The proof, which is not verified yet.</returns>
public delegate ScenarioProof? ProofReader(string path, IrInnerProof asked, out string? error);

/// <summary>A vault's balance.</summary>
/// <param name="Vault">The vault's name.</param>
/// <param name="Text">The balance with its unit.</param>
public sealed record VaultBalance(string Vault, string Text);

/// <summary>A step of a scenario, or the one run of its statement.</summary>
/// <param name="Program">The machine or statement.</param>
/// <param name="Function">The transition or statement that was run.</param>
/// <param name="Inputs">All inputs but the program's digest, by name: the witness to prove it with. Null where the machine was in another state.</param>
/// <param name="Result">What the run gave.</param>
/// <param name="Expected">The failure the scenario expects; null if it expects none.</param>
/// <param name="State">The machine's state after it; null for a statement.</param>
/// <param name="Balances">The vaults after it.</param>
/// <param name="Receipts">What was paid.</param>
/// <param name="Events">What was emitted.</param>
public sealed record ScenarioStep(
    IrProgram Program,
    IrFunction Function,
    ImmutableSortedDictionary<string, Scalar>? Inputs,
    RunResult Result,
    string? Expected,
    string? State,
    ImmutableArray<VaultBalance> Balances,
    ImmutableArray<StepReceipt> Receipts,
    ImmutableArray<StepEvent> Events)
{
    /// <summary>The paths of the inner proofs as the scenario writes them, by argument: <c>args.p</c>.</summary>
    public ImmutableSortedDictionary<string, string> Proofs { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>What a party received less what it paid.</summary>
/// <param name="Party">The party's key.</param>
/// <param name="Asset">The asset's full name.</param>
/// <param name="Decimals">Its decimal places.</param>
/// <param name="Amount">In smallest units.</param>
public sealed record PartyFlow(Digest Party, string Asset, int Decimals, BigInteger Amount);

/// <summary>A scenario that was run.</summary>
/// <param name="Steps">The steps up to the first that went wrong.</param>
/// <param name="Flows">What each party received less what it paid, in the order they first appear.</param>
/// <param name="Names">The names of keys that the scenario names: <c>K.alice</c>.</param>
/// <param name="Errors">What is wrong; empty where all went as the scenario says.</param>
public sealed record ScenarioRun(
    ImmutableArray<ScenarioStep> Steps,
    ImmutableArray<PartyFlow> Flows,
    ImmutableDictionary<Digest, string> Names,
    ImmutableArray<ScenarioError> Errors)
{
    /// <summary>A key as the scenario names it, else its digits.</summary>
    public string NameOf(Digest key) => Names.TryGetValue(key, out var name) ? name : $"0x{key}";
}
