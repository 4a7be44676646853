using System.Runtime.CompilerServices;
using ProvingLayer.Algebra;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Recursion;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Compiler.Emit;

/// <summary>A statement, or a machine with its histories, that other circuits verify proofs of.</summary>
/// <param name="Key">The verifying key: of a machine that of its histories.</param>
/// <param name="ProgramId">The program's digest, the first field of its statement.</param>
/// <param name="Abi">Its ABI, without inner proofs of its own.</param>
public sealed record InnerKey(VerifyingKey Key, Digest ProgramId, Abi Abi);

/// <summary>
/// The keys under which inner proofs are verified: the one that <c>tenor build</c> writes as NAME.vkey, hiding if the statement or machine has private inputs, else transparent. A key is
/// generated when a circuit that verifies under it is emitted, once; a program without inner proofs has none.
/// </summary>
public sealed class InnerKeys
{
    private readonly ConditionalWeakTable<IrProgram, InnerKey> keys = [];
    private readonly ConditionalWeakTable<IrProgram, SetProgram> wraps = [];
    private readonly Profile profile;

    /// <summary>Keys of a profile.</summary>
    /// <param name="profile">The profile; one for tests is taken as any.</param>
    public InnerKeys(Profile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        this.profile = profile;
        Options = VerifierOptions.Default with { AllowTestProfile = profile.IsForTests };
    }

    /// <summary>Keys of the default profile: the rule for every program that is built.</summary>
    public static InnerKeys Standard { get; } = new(Profile.Standard);

    /// <summary>The shape in which proofs of any of a set are taken.</summary>
    public RecursionShape Shape => RecursionShape.For(profile);

    /// <summary>What the verifier of these keys allows.</summary>
    public VerifierOptions Options { get; }

    /// <summary>Why no proof has the form that a circuit asks of an inner one; null if some have.</summary>
    /// <param name="proof">What is asked.</param>
    public string? FaultOf(IrInnerProof proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        var most = Of(proof.Program).Key.MaxLogInstances;
        return proof.Instances.Greatest <= most ? null : $"a history of {proof.Program.Name} has room for {1 << most} steps of a transition at most, and {proof.Name["args.".Length..]} asks for {proof.RoomText}";
    }

    /// <summary>The key of a statement, or of a machine's histories.</summary>
    /// <param name="program">The statement or machine, compiled.</param>
    public InnerKey Of(IrProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        lock (keys)
        {
            if (!keys.TryGetValue(program, out var key))
                keys.Add(program, key = Generate(program));
            return key;
        }
    }

    /// <summary>A statement as one of a set: its key, and the commitment of the circuit that wraps its proofs.</summary>
    /// <param name="program">The statement, compiled.</param>
    public SetProgram InSet(IrProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        var inner = Of(program);
        lock (keys)
        {
            if (!wraps.TryGetValue(program, out var wrapped))
                wraps.Add(program, wrapped = new(inner.Key, inner.ProgramId, LeafWrap.Create(Shape, inner.Key, Options).PreprocessedRoot));
            return wrapped;
        }
    }

    private InnerKey Generate(IrProgram program)
    {
        var compiled = CircuitEmitter.Emit(program, this);
        var abi = compiled.Abi;
        var keys = compiled.Functions.Select(f => ProvingKey.Generate(f.Circuit, profile, isHiding: abi.HasPrivateInputs).VerifyingKey).ToList();
        if (program.IsMachine)
            keys.Add(HistoryKey.Generate([.. compiled.Functions.Select(f => f.Circuit)], abi.Functions, profile, abi.HasPrivateInputs).Key.VerifyingKey);
        return new(keys[^1], Digests.OfProgram(keys.Select(key => key.Digest)), abi with { Functions = [.. abi.Functions.Select(f => f with { InnerProofs = [] })] });
    }
}
