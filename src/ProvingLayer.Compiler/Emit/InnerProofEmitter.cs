using System.Collections.Immutable;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Recursion;
using ProvingLayer.Stark.Formats;

namespace ProvingLayer.Compiler.Emit;

/// <summary>
/// The verifications of inner proofs as rows. The key is a constant of the circuit, and with it the program's digest; the two digests of the inner statement are cells that the circuit
/// has computed from the values it goes on with. Every part of the proof is an input, of which nothing is used that the verifier does not bind.
/// </summary>
internal sealed class InnerProofEmitter(CircuitBuilder builder, IrFunction function, InnerKeys keys, int firstSlot)
{
    private readonly InnerVerifier verifier = new(builder);
    private readonly ImmutableArray<AbiInnerProof>.Builder proofs = ImmutableArray.CreateBuilder<AbiInnerProof>();
    private int slot = firstSlot;

    /// <summary>The proofs so far, by slots.</summary>
    public ImmutableArray<AbiInnerProof> All => proofs.ToImmutable();

    public void Emit(IrVerify verify, Cell arguments, Cell result)
    {
        var proof = function.Proofs[verify.Proof];
        var inner = keys.Of(proof.Program);
        var layout = verifier.Verify(inner.Key, [builder.ConstantBlock(inner.ProgramId.AsSpan()), arguments, result], slot, keys.Options);
        proofs.Add(new(proof.Name, inner.Abi, [.. VerifyingKeyFormat.Write(inner.Key)], slot, layout.Slots));
        slot += layout.Slots;
    }
}
