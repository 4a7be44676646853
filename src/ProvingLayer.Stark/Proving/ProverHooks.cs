using ProvingLayer.Algebra;
using ProvingLayer.Stark.Hiding;
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

    /// <summary>Where a hiding proof's randomness comes from; a proof asks once.</summary>
    public virtual FieldRandomness Randomness() => new();

    /// <summary>A table's main columns with those of its mask, before they are committed to.</summary>
    public virtual void OnMain(int table, Matrix main)
    {
    }

    /// <summary>
    /// What blinds a matrix, one row a coefficient: r of the columns of a table, b of chunks, or the whole of a mask of quotients or of the random codeword.
    /// What is given back may have more coefficients.
    /// </summary>
    public virtual Matrix OnBlinding(CommittedMatrix matrix, Matrix coefficients) => coefficients;

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

    /// <summary>A table's part of a quotient by its coefficients, before it is added to the others'.</summary>
    public virtual void OnQuotient(int table, Matrix coefficients)
    {
    }

    /// <summary>A word that FRI is about to commit to.</summary>
    public virtual void OnWord(int round, Extension5[] word)
    {
    }
}
