using ProvingLayer.Algebra;
using ProvingLayer.Stark.Protocol;

namespace ProvingLayer.Stark.Proving;

/// <summary>
/// Where a prover may cheat: tests override one step and leave the others honest. The honest prover's hooks do nothing. What a hook changes
/// is what is committed to and absorbed, so that the forgery is consistent with its transcript.
/// </summary>
internal class ProverHooks
{
    public static ProverHooks Honest { get; } = new();

    /// <summary>Whether the prover may stop where its own polynomials do not have the degree they should.</summary>
    public virtual bool ChecksItself => true;

    /// <summary>A message, before it is sent.</summary>
    public virtual void OnMessage(ProtocolStep step, Span<KoalaBear> elements)
    {
    }

    /// <summary>A challenge that was drawn.</summary>
    public virtual void OnChallenge(StepName name, Extension5 challenge)
    {
    }

    /// <summary>The instance that the rows of a period claim to belong to.</summary>
    public virtual uint InstanceOf(uint instance) => instance;

    /// <summary>A permutation matrix and the table's terminal, before they are committed to.</summary>
    public virtual void OnPermutation(int table, Matrix permutation, ref Extension5 terminal)
    {
    }

    /// <summary>A table's quotient by its coefficients, before it is cut into chunks.</summary>
    public virtual void OnQuotient(int table, Matrix coefficients)
    {
    }

    /// <summary>A word that FRI is about to commit to.</summary>
    public virtual void OnWord(int round, Extension5[] word)
    {
    }
}
