using Antlr4.Runtime;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Grammar;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Parsing;

/// <summary>
/// Parses one declaration, and mends the tokens where it does not parse: of the edits that <see cref="Edits"/> proposes it keeps the one
/// after which the grammar gets furthest, reports it, and starts again. Where none gets anywhere, the statement, member or declaration
/// around the place is taken out. Either way the parse tree that is returned is whole.
/// </summary>
internal sealed class Repair
{
    /// <summary>How far past the mistake a trial parse has to come to be as good as any.</summary>
    private const int Reach = 80;

    /// <summary>An edit that gets the grammar no further than this is chance.</summary>
    private const int LeastGain = 3;

    /// <summary>Tokens that trial parses of one file may read in all: a file full of mistakes must not take minutes.</summary>
    private const int TrialBudget = 400_000;

    private readonly SourceFile _file;
    private readonly TokenList _tokens;
    private readonly HashSet<int> _openStrings;
    private readonly TenorParser _parser;
    private readonly DiagnosticBag _diagnostics;
    private int _budget = TrialBudget;
    private int _repairs;

    public Repair(SourceFile file, Tokens tokens, TenorParser parser, DiagnosticBag diagnostics)
    {
        _file = file;
        _tokens = tokens.List;
        _openStrings = tokens.OpenStrings;
        _parser = parser;
        _diagnostics = diagnostics;
    }

    /// <summary>Parses the prologue or the declaration that begins at a token, and leaves the tokens just after it.</summary>
    /// <returns>The parse tree; null when nothing more of the file is to be read.</returns>
    public ParserRuleContext? Parse(int start, bool isPrologue)
    {
        while (isPrologue || _tokens[start].Type != TenorParser.Eof)
        {
            try
            {
                _parser.BuildParseTree = true;
                _tokens.Barrier = start + Limits.DeclarationTokens;
                return Run(start, isPrologue);
            }
            catch (BarrierReached)
            {
                _diagnostics.Report(DiagnosticTable.DeclarationTooLong, SpanOf(_tokens[start]), Limits.DeclarationTokens);
                return null;
            }
            catch (NestingException e)
            {
                _diagnostics.Report(DiagnosticTable.NestedTooDeeply, SpanOf(e.Token), Limits.Nesting);
                return null;
            }
            catch (SyntaxFailure failure)
            {
                if (++_repairs > Limits.SyntaxErrors)
                {
                    return null;
                }

                Mend(start, isPrologue, failure);
            }
            finally
            {
                _tokens.Barrier = int.MaxValue;
            }
        }

        return null;
    }

    private ParserRuleContext Run(int start, bool isPrologue)
    {
        _tokens.Seek(start);
        _parser.Context = null;
        return isPrologue ? _parser.prologue() : _parser.topDecl();
    }

    private void Mend(int start, bool isPrologue, SyntaxFailure failure)
    {
        if (!isPrologue && TrySkipPrologueItem(start, failure))
        {
            return;
        }

        Edit? best = null;
        var furthest = failure.Index + LeastGain - 1;
        var goal = failure.Index + Reach;
        var member = MemberOf(failure, start);
        foreach (var edit in Edits.Propose(_tokens, start, failure))
        {
            if (_budget < 0 || furthest >= goal)
            {
                break;
            }

            var reached = Try(edit, start, edit.Index > member ? member : start, isPrologue, goal);
            if (reached > furthest)
            {
                (best, furthest) = (edit, reached);
            }
        }

        if (best is not null)
        {
            var diagnostic = best.Explain(_file, _tokens, failure);
            if (!_openStrings.Contains(diagnostic.Span.Start))
            {
                _diagnostics.Add(WithHint(diagnostic, failure)); // what an unclosed string has swallowed is not missing for a reason of its own
            }

            best.Apply(_tokens);
        }
        else
        {
            TakeOut(start, failure);
        }
    }

    /// <summary>
    /// How far the grammar comes with an edit, counted in the tokens as they are without it. An edit inside a machine's member is tried from
    /// there on: what stands before it parses anyway.
    /// </summary>
    private int Try(Edit edit, int start, int from, bool isPrologue, int goal)
    {
        edit.Apply(_tokens);
        _parser.BuildParseTree = false;
        _tokens.Barrier = goal + edit.Growth;
        try
        {
            if (from > start)
            {
                RunMembers(from);
            }
            else
            {
                Run(start, isPrologue);
            }

            while (_tokens[_tokens.Index].Type != TenorParser.Eof)
            {
                Run(_tokens.Index, isPrologue: false);
            }

            return goal;
        }
        catch (BarrierReached)
        {
            return goal;
        }
        catch (NestingException)
        {
            return 0;
        }
        catch (SyntaxFailure next)
        {
            return next.Index - edit.Growth;
        }
        finally
        {
            _tokens.Barrier = int.MaxValue;
            _budget -= Math.Min(_tokens.Size, goal) - from;
            edit.Undo(_tokens);
        }
    }

    /// <summary>The rest of a machine, from a member on.</summary>
    private void RunMembers(int from)
    {
        _tokens.Seek(from);
        _parser.Context = null;
        while (_tokens.LA(1) != TenorParser.RBRACE)
        {
            _parser.member();
            _parser.Context = null;
        }

        _tokens.Consume();
    }

    /// <summary>The token that begins the machine's member in which a parse failed; the start of the declaration if it is in none.</summary>
    private int MemberOf(SyntaxFailure failure, int start)
    {
        for (var context = failure.Context as ParserRuleContext; context is not null; context = context.Parent as ParserRuleContext)
        {
            if (context is TenorParser.MemberContext)
            {
                return IndexOf(context.Start, start, failure.Index);
            }
        }

        return start;
    }

    /// <summary>A module or use line after a declaration: says so, and goes on after it.</summary>
    private bool TrySkipPrologueItem(int start, SyntaxFailure failure)
    {
        if (failure.Index != start || _tokens[start].Type is not (TenorParser.MODULE or TenorParser.USE))
        {
            return false;
        }

        _diagnostics.Report(DiagnosticTable.MisplacedPrologue, SpanOf(_tokens[start]), _tokens[start].Text);
        _tokens.Remove(start, Extent.EndOf(_tokens, start) - start);
        return true;
    }

    /// <summary>Takes out the smallest stretch around the mistake that can be missing.</summary>
    private void TakeOut(int start, SyntaxFailure failure)
    {
        if (failure.Token.Type == TenorParser.Eof)
        {
            var end = _tokens[failure.Index - 1].StopIndex + 1;
            _diagnostics.Report(DiagnosticTable.UnexpectedEnd, _file.Span(end, 0), Phrases.PlaceOf(failure.Context));
            _tokens.Remove(start, _tokens.Size);
            return;
        }

        object[] arguments = [Phrases.Describe(failure.Token), Phrases.Expected(failure)];
        _diagnostics.Add(WithHint(new(DiagnosticTable.UnexpectedToken, SpanOf(failure.Token), [.. arguments], []), failure));
        var from = start;
        for (var context = failure.Context as ParserRuleContext; context is not null; context = context.Parent as ParserRuleContext)
        {
            if (context is TenorParser.PlainContext or TenorParser.BlockyContext or TenorParser.MemberContext or TenorParser.UseDeclContext
                or TenorParser.ModuleDeclContext)
            {
                from = IndexOf(context.Start, start, failure.Index);
                break;
            }
        }

        var until = Extent.EndOf(_tokens, from);
        if (until <= failure.Index)
        {
            (from, until) = (failure.Index, Math.Max(failure.Index + 1, Extent.EndOf(_tokens, failure.Index)));
        }

        _tokens.Remove(from, until - from);
    }

    /// <summary>A mistake at a word that other languages have says what to write here.</summary>
    private Diagnostic WithHint(Diagnostic diagnostic, SyntaxFailure failure)
    {
        for (var i = Math.Max(0, failure.Index - 1); i <= failure.Index; i++)
        {
            if (_tokens[i].Type is TenorParser.ID && Phrases.HintFor(_tokens[i].Text) is { } hint)
            {
                return diagnostic.WithNote(hint);
            }
        }

        return diagnostic;
    }

    private int IndexOf(IToken token, int from, int to)
    {
        for (var i = from; i <= to; i++)
        {
            if (ReferenceEquals(_tokens[i], token))
            {
                return i;
            }
        }

        return to;
    }

    private SourceSpan SpanOf(IToken token) => _file.Span(token.StartIndex, token.StopIndex + 1 - token.StartIndex);
}
