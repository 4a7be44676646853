using System.Collections.Immutable;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Gadgets;
using ProvingLayer.Language.Bound;

namespace ProvingLayer.Compiler.Emit;

/// <summary>
/// Core IR → circuit: each instruction becomes the rows of its gadget, in order, so that the first row that fails belongs to the
/// first check that fails. Nothing depends on anything but the function, so the same function gives the same circuit.
/// </summary>
public sealed class CircuitEmitter
{
    private readonly IrFunction function;
    private readonly CircuitBuilder builder;
    private readonly WideArithmetic arithmetic;
    private readonly SpongeEmitter sponge;
    private readonly PathEmitter paths;
    private readonly ChainEmitter chains;
    private readonly ByteEmitter bytes;
    private readonly ByteHashes hashes;
    private readonly Wire[] wires;
    private readonly ImmutableArray<int> slots;
    private readonly List<int> freeCells = [];
    private readonly Dictionary<int, IrValue> negations = [];
    private readonly bool[] onlyRequired;
    private readonly MapSteps maps;
    private readonly InnerProofEmitter? proofs;

    private CircuitEmitter(IrFunction function, InnerKeys? keys)
    {
        this.function = function;
        builder = new() { KeepsWordsApart = keys is not null && !function.Proofs.IsEmpty };
        arithmetic = new(builder);
        sponge = new(builder, arithmetic);
        paths = new(builder, sponge);
        chains = new(builder, sponge);
        bytes = new(builder, function);
        hashes = new(builder);
        wires = new Wire[function.Types.Length];
        slots = Slots(function);
        onlyRequired = OnlyRequired();
        maps = MapSteps.Of(function);
        proofs = keys is null ? null : new(builder, sponge, function, keys, function.Inputs.Sum(i => AbiCells.SlotCount(AbiBuilder.Type(i))));
    }

    /// <summary>The circuits of all entry points that are proved.</summary>
    public static CircuitProgram Emit(IrProgram program) => Emit(program, InnerKeys.Standard);

    /// <summary>The circuit of one entry point.</summary>
    public static CircuitFunction Emit(IrFunction function) => Emit(function, InnerKeys.Standard);

    /// <summary>The circuits of all entry points that are proved, with inner proofs verified under these keys.</summary>
    internal static CircuitProgram Emit(IrProgram program, InnerKeys keys) => new(program, [.. program.Functions.Select(f => Emit(f, keys))]);

    /// <summary>
    /// The circuit of one entry point but for the verifications of inner proofs: to compare all the rest with the interpreter where mocks stand for proofs. It proves nothing that
    /// anybody should believe, and no artifact is made of it.
    /// </summary>
    internal static CircuitFunction EmitWithoutInnerProofs(IrFunction function) => Emit(function, null);

    private static CircuitFunction Emit(IrFunction function, InnerKeys? keys)
    {
        var emitter = new CircuitEmitter(function, keys);
        var circuit = emitter.Run();
        return new(function, circuit, AbiBuilder.Build(function, circuit, emitter.slots, emitter.maps, emitter.proofs?.All ?? []))
        {
            FreeCells = [.. emitter.freeCells, .. emitter.paths.FreeCells],
        };
    }

    private static ImmutableArray<int> Slots(IrFunction function)
    {
        var first = ImmutableArray.CreateBuilder<int>(function.Inputs.Length);
        var next = 0;
        foreach (var input in function.Inputs)
        {
            first.Add(next);
            next += AbiCells.SlotCount(AbiBuilder.Type(input));
        }

        return first.MoveToImmutable();
    }

    // A negation that is only ever required needs no row of its own: what it negates is asserted to be 0.
    private bool[] OnlyRequired()
    {
        var only = new bool[function.Types.Length];
        foreach (var instruction in function.Instructions)
        {
            if (instruction.Op is IrNot not)
            {
                only[instruction.Result.Id] = true;
                negations.Add(instruction.Result.Id, not.Value);
            }
            else if (instruction.Op is IrRequire)
            {
                continue;
            }

            foreach (var operand in instruction.Op.Operands)
            {
                only[operand.Id] = false;
            }
        }

        foreach (var value in function.Publics.Select(p => p.Value).Concat(function.Outputs.Select(o => o.Value)))
        {
            only[value.Id] = false;
        }

        return only;
    }

    private Circuit Run()
    {
        var mark = -1;
        foreach (var instruction in function.Instructions)
        {
            if (instruction.Mark != mark)
            {
                mark = instruction.Mark;
                builder.MarkSource(Source(function.Marks[mark]));
            }

            Emit(instruction);
        }

        builder.MarkSource(Source(IrMark.None));
        foreach (var part in function.Publics)
        {
            builder.Public(sponge.Limbs(wires[part.Value.Id], part.Layout), part.Layout.Limbs);
        }

        foreach (var output in function.Outputs.Concat(maps.Outputs))
        {
            builder.Output(output.Name, Cells(wires[output.Value.Id]).AsSpan());
        }

        return builder.Build();
    }

    // The file's name without its folder: the same source is the same circuit wherever it lies.
    private static SourceMark Source(IrMark mark) =>
        new(mark.File[(mark.File.LastIndexOfAny(['/', '\\']) + 1)..], mark.Line, mark.Column, mark.EndLine, mark.EndColumn, mark.Text);

    // An integer's words, least significant first, then its sign if it has one.
    private static ImmutableArray<Cell> Cells(Wire wire) => wire.Kind switch
    {
        ScalarKind.Integer => wire.Integer.Sign is { } sign ? [.. wire.Integer.Words, sign] : wire.Integer.Words,
        ScalarKind.Boolean => [wire.Boolean],
        _ => [wire.Digest],
    };

    private void Emit(IrInstruction instruction)
    {
        switch (instruction.Op)
        {
            case IrInputOp { Index: var index } when function.Inputs[index].Role is IrInputRole.MapSibling or IrInputRole.SignatureSibling:
                paths.Declare(instruction.Result, slots[index]); // the row of a path writes it
                break;
            case IrInputOp { Index: var index }:
                Define(instruction, Input(function.Inputs[index], slots[index]));
                break;
            case IrConstant { Value: var value }:
                Define(instruction, Constant(value));
                break;
            case IrBinary binary:
                Define(instruction, Binary(binary));
                break;
            case IrNot when onlyRequired[instruction.Result.Id]:
                break;
            case IrNot { Value: var value }:
                Define(instruction, Wire.OfBoolean(builder.Not(wires[value.Id].Boolean)));
                break;
            case IrSelect select:
                Define(instruction, Select(wires[select.Condition.Id].Boolean, wires[select.WhenTrue.Id], wires[select.WhenFalse.Id]));
                break;
            case IrDivRem division:
                var (quotient, remainder) = arithmetic.Divide(Integer(division.Numerator), Integer(division.Divisor), "division");
                Define(instruction, new(quotient));
                Define(instruction, new(remainder), 1);
                break;
            case IrNarrow narrow:
                Define(instruction, new(arithmetic.Narrow(Integer(narrow.Value), narrow.Interval, narrow.Failure.Name)));
                break;
            case IrRequire require:
                if (onlyRequired[require.Condition.Id])
                {
                    builder.AssertZero(wires[negations[require.Condition.Id].Id].Boolean, require.Failure.Name);
                }
                else
                {
                    builder.AssertTrue(wires[require.Condition.Id].Boolean, require.Failure.Name);
                }

                break;
            case IrBytes arrangement:
                Define(instruction, new(bytes.Emit(arrangement, Integer)));
                break;
            case IrByteHash hash:
                Define(instruction, new(ByteHash(hash)));
                break;
            case IrHash hash:
                Define(instruction, Wire.OfDigest(sponge.Hash(hash.Tag, [.. hash.Parts.Select(p => (wires[p.Value.Id], p.Layout))])));
                break;
            case IrPath path:
                Define(instruction, Wire.OfDigest(paths.Emit(path, wires[path.Leaf.Id].Digest, wires[path.Index.Id], sibling => wires[sibling.Id].Digest)));
                break;
            case IrChains signature:
                Define(instruction, Wire.OfDigest(chains.Emit(wires[signature.Hash.Id].Digest, [.. signature.Chains.Select(c => wires[c.Id].Digest)])));
                break;
            case IrVerify verify:
                Verify(instruction.Mark, verify.Proof, proofs => proofs.Emit(verify.Proof, wires[verify.Arguments.Id].Digest, wires[verify.Result.Id].Digest));
                break;
            case IrVerifyHistory verify:
                Verify(instruction.Mark, verify.Proof, proofs => proofs.EmitHistory(verify.Proof, [.. verify.Said.Select(part => wires[part.Id])]));
                break;
            case IrAsk or IrTell or IrAskSignature:
                break;
            default:
                throw new InvalidOperationException($"compiler bug: no circuit for {instruction.Op.GetType().Name}");
        }
    }

    // The digest's bytes are range-checked by the rows that write them, as those of the message are by theirs.
    private WideInteger ByteHash(IrByteHash hash)
    {
        var words = hash.Pieces.SelectMany((piece, i) => arithmetic.ToWords(Integer(piece), 8 * hash.LengthOf(i))).ToArray();
        var digest = hash.Kind == ByteHashKind.Sha256 ? hashes.Sha256(words, hash.Length) : hashes.Keccak256(words, hash.Length);
        return new(digest, null, Interval.Unsigned(8 * IrBytes.MaximumLength));
    }

    private void Verify(int mark, int proof, Action<InnerProofEmitter> emit)
    {
        var place = function.Marks[mark];
        builder.MarkSource(Source(place with { Text = SourceMark.InnerVerification + function.Proofs[proof].ProgramText }));
        if (proofs is not null)
            emit(proofs);
        builder.MarkSource(Source(place));
    }

    private WideInteger Integer(IrValue value) => wires[value.Id].Integer;

    private void Define(IrInstruction instruction, Wire wire, int result = 0)
    {
        var value = new IrValue(instruction.Result.Id + result);
        var type = function.TypeOf(value);
        // The interval that the rows enforce must not be wider than the one that the rest of the compiler relies on.
        if (wire.Kind != type.Kind || (wire.Kind == ScalarKind.Integer && !type.Interval.Contains(wire.Integer.Range)))
        {
            throw new InvalidOperationException($"compiler bug: {value} is {type} in the IR and {wire} in the circuit");
        }

        wires[value.Id] = wire;
    }

    private Wire Input(IrInput input, int slot)
    {
        switch (input.Type.Kind)
        {
            case ScalarKind.Integer:
                var range = input.Type.Interval;
                var words = Enumerable.Range(slot, range.InputWords()).Select(s => Free(CellType.Word, s));
                return new(arithmetic.FromInput([.. words], range, IrFailure.OutOfRange));
            case ScalarKind.Boolean:
                var value = Free(CellType.Value, slot);
                builder.AssertBoolean(value, IrFailure.OutOfRange);
                return Wire.OfBoolean(value);
            default:
                return Wire.OfDigest(Free(CellType.Block, slot));
        }
    }

    private Cell Free(CellType type, int slot)
    {
        var cell = builder.Input(type, slot);
        freeCells.Add(cell.Address);
        return cell;
    }

    private Wire Constant(Scalar value) => value.Kind switch
    {
        ScalarKind.Integer => new(arithmetic.Constant(value.Number)),
        ScalarKind.Boolean => Wire.OfBoolean(builder.Constant(value.IsTrue ? Algebra.KoalaBear.One : Algebra.KoalaBear.Zero)),
        _ => Wire.OfDigest(builder.ConstantBlock(value.Digest.AsSpan())),
    };

    private Wire Binary(IrBinary binary)
    {
        var (left, right) = (wires[binary.Left.Id], wires[binary.Right.Id]);
        return binary.Kind switch
        {
            IrBinaryKind.Add => new(arithmetic.Add(left.Integer, right.Integer)),
            IrBinaryKind.Subtract => new(arithmetic.Subtract(left.Integer, right.Integer)),
            IrBinaryKind.Multiply => new(arithmetic.Multiply(left.Integer, right.Integer)),
            IrBinaryKind.Less => Wire.OfBoolean(arithmetic.Less(left.Integer, right.Integer)),
            IrBinaryKind.And => Wire.OfBoolean(builder.And(left.Boolean, right.Boolean)),
            IrBinaryKind.Or => Wire.OfBoolean(builder.Or(left.Boolean, right.Boolean)),
            IrBinaryKind.Equal => Wire.OfBoolean(left.Kind switch
            {
                ScalarKind.Integer => arithmetic.Equal(left.Integer, right.Integer),
                ScalarKind.Boolean => builder.Not(builder.Xor(left.Boolean, right.Boolean)),
                _ => builder.Equal(left.Digest, right.Digest),
            }),
            _ => throw new InvalidOperationException($"compiler bug: no circuit for {binary.Kind}"),
        };
    }

    private Wire Select(Cell condition, Wire whenTrue, Wire whenFalse) => whenTrue.Kind switch
    {
        ScalarKind.Integer => new(arithmetic.Select(condition, whenTrue.Integer, whenFalse.Integer)),
        ScalarKind.Boolean => Wire.OfBoolean(builder.Select(condition, whenTrue.Boolean, whenFalse.Boolean)),
        _ => Wire.OfDigest(builder.Select(condition, whenTrue.Digest, whenFalse.Digest)),
    };
}
