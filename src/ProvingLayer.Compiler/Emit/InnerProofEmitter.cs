using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Histories;
using ProvingLayer.Recursion;
using ProvingLayer.Stark.Formats;

namespace ProvingLayer.Compiler.Emit;

/// <summary>
/// The verifications of inner proofs as rows. The key is a constant of the circuit, and with it the program's digest; the two digests of the inner statement are cells that the circuit
/// has computed from the values it goes on with. Of a set the keys and digests of all its programs are constants, of which a witness chooses one. Every part of the proof is an input, of which nothing is used that the verifier does not bind.
/// </summary>
internal sealed class InnerProofEmitter(CircuitBuilder builder, SpongeEmitter sponge, IrFunction function, InnerKeys keys, int firstSlot)
{
    private readonly InnerVerifier verifier = new(builder);
    private readonly ImmutableArray<AbiInnerProof>.Builder proofs = ImmutableArray.CreateBuilder<AbiInnerProof>();
    private int slot = firstSlot;

    /// <summary>The proofs so far, by slots.</summary>
    public ImmutableArray<AbiInnerProof> All => proofs.ToImmutable();

    /// <summary>Verifies a proof of a statement.</summary>
    public void Emit(int proof, Cell arguments, Cell result)
    {
        var asked = function.Proofs[proof];
        var inner = keys.Of(asked.Program);
        if (!asked.Choices.IsEmpty)
        {
            ImmutableArray<SetProgram> set = [.. asked.Choices.Select(keys.InSet)];
            Add(asked, inner, verifier.VerifyAny(keys.Shape, set, arguments, result, slot).Slots, set);
            return;
        }

        Add(asked, inner, verifier.Verify(inner.Key, [builder.ConstantBlock(inner.ProgramId.AsSpan()), arguments, result], slot, keys.Options).Slots);
    }

    /// <summary>Verifies a proof of a history. Its carries are computed here, of the program's digest as a constant and the empty log before the first step.</summary>
    public void EmitHistory(int proof, ImmutableArray<Wire> said)
    {
        var asked = function.Proofs[proof];
        var inner = keys.Of(asked.Program);
        var (from, to, steps, log, notBefore, notAfter) = (said[0], said[1], said[2], said[3], said[4], said[5]);
        var programId = Constant(inner.ProgramId);

        // Below 2^24, as the IR has it: the other limbs are zero.
        var count = builder.Unpack(sponge.Limbs(steps, HistoryClaim.Parts[2].Layout));
        var layout = verifier.VerifyHistory(
            inner.Key, asked.Instances, Carry(from, Constant(HistoryDigests.EmptyLog)), Carry(to, log), (count[0], count[1]), slot, keys.Options);
        Add(asked, inner, layout.Slots);

        Wire Constant(Digest value) => Wire.OfDigest(builder.ConstantBlock(value.AsSpan()));

        Cell Carry(Wire root, Wire logAt) => sponge.Hash(DomainTag.Carry,
        [
            (programId, ScalarLayout.Digest), (root, ScalarLayout.Digest), (logAt, ScalarLayout.Digest), (notBefore, ScalarLayout.Time), (notAfter, ScalarLayout.Time),
        ]);
    }

    private void Add(IrInnerProof asked, InnerKey inner, int slots, ImmutableArray<SetProgram> set = default)
    {
        var abi = new AbiInnerProof(asked.Name, inner.Abi, [.. VerifyingKeyFormat.Write(inner.Key)], slot, slots);
        if (asked.IsHistory)
            abi = abi with { History = new(inner.ProgramId, asked.Instances) };
        else if (!set.IsDefault)
            abi = abi with { Choices = [.. set.Select((program, i) => new AbiInnerChoice(keys.Of(asked.Choices[i]).Abi, [.. VerifyingKeyFormat.Write(program.Key)], program.WrapRoot))] };
        proofs.Add(abi);
        slot += slots;
    }
}
