using System.Collections.Immutable;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Bound;

/// <summary>
/// <c>verify S(a: x, b: _) using p</c>: that p is a proof of S, a statement or a history, under S's own key, or of one of the statements of the set S under that one's, and that what it says of each public input which is named is the value beside it. Its value is the
/// result, as the proof has it. It stands in the body of a transition or statement itself, in no arm.
/// </summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Claim">S.</param>
/// <param name="Arguments">Values for the inputs that are named, as they are written, stored.</param>
/// <param name="Order">For each value, its input's place. An input that has none is ignored.</param>
/// <param name="Proof">p, an argument.</param>
public sealed record BoundVerify(SourceSpan Span, ClaimSymbol Claim, ImmutableArray<BoundExpression> Arguments, ImmutableArray<int> Order, BoundLocal Proof)
    : BoundExpression(Span, Claim.ResultType);

/// <summary><c>prove(S(a: x, b: y))</c> in a test: S is run, and what stands for its proof says what the run says.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Claim">S.</param>
/// <param name="Arguments">Values for all arguments as they are written, stored.</param>
/// <param name="Order">For each value, its parameter's place.</param>
public sealed record BoundProve(SourceSpan Span, ClaimSymbol Claim, ImmutableArray<BoundExpression> Arguments, ImmutableArray<int> Order)
    : BoundExpression(Span, new ProofType(Claim));

/// <summary><c>prove(m.history)</c> in a test: what stands for a proof of all the steps that m has made, and says what they say.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Claim">The history.</param>
/// <param name="Machine">m.</param>
public sealed record BoundProveHistory(SourceSpan Span, ClaimSymbol Claim, LocalSymbol Machine) : BoundExpression(Span, new ProofType(Claim));
