import type { FidelityCase } from '../harness/case.ts';
import { green, page, slot } from '../harness/page.ts';

const fill = '<i class="fill"></i>';

/** State that lives in elements, not in markup. */
export const widgetCases: readonly FidelityCase[] = [
  {
    name: 'form-state',
    promise: 'what was typed, chosen and ticked is shown, although no attribute says so',
    routes: {
      '': page({
        head: `<style>input{width:200px}.slot i{background:#c00000}#c:checked~.s0 i,#r:checked~.s1 i,#n:indeterminate~.s2 i,#o:checked~.s3 i{background:${green}}</style>`,
        body: `<input id="t" value="before"><textarea id="a">before</textarea><select id="s"><option selected>Before<option>Chosen</select>
          <select id="m" multiple><option>one<option>two</select><input id="c" type="checkbox"><input id="r" type="radio" name="x"><input type="radio" name="x" checked>
          <input id="n" type="checkbox"><input id="o" type="checkbox"><input id="g" type="range"><input id="p" placeholder="Hint">
          ${slot(0, fill)}${slot(1, fill)}${slot(2, fill)}${slot(3, fill)}<script>
          const $ = (id) => document.getElementById(id);
          $('t').value = 'typed text'; $('a').value = 'typed lines'; $('s').value = 'Chosen'; $('m').options[1].selected = true;
          $('c').checked = $('r').checked = $('n').indeterminate = $('o').checked = true; $('g').value = 90; $('p').value = 'over the hint';
        </script>`,
      }),
    },
    expect: { green: 4, texts: ['typed text', 'typed lines', 'over the hint'], pixels: 0.0001 },
  },
  {
    name: 'form-cleared',
    promise: 'what was cleared and unticked stays so, although attributes say otherwise',
    routes: {
      '': page({
        head: `<style>#c:not(:checked)~.s0 i,#t:placeholder-shown~.s1 i{background:${green}}</style>`,
        body: `<input id="c" type="checkbox" checked><input id="t" value="old words" placeholder="Hint">${slot(0, fill)}${slot(1, fill)}
          <script>document.querySelector('#c').checked = false; document.querySelector('#t').value = ''</script>`,
      }),
    },
    expect: { green: 2, pixels: 0.0001 },
  },
  {
    name: 'dialog-modal',
    promise: 'a modal dialog stands open over its backdrop',
    routes: {
      '': page({
        head: `<style>dialog{border:2px solid #000;width:300px;height:100px;padding:20px;outline:none}dialog::backdrop{background:${green}}</style>`,
        body: `<p>Under the dialog</p><dialog>Dialog words</dialog><script>document.querySelector('dialog').showModal()</script>`,
      }),
    },
    expect: { green: 2, texts: ['Dialog words'] },
  },
  {
    name: 'dialog-open',
    promise: 'a dialog that is not modal stands where it stood',
    routes: {
      '': page({
        body: `<p>Page</p><dialog>Plain dialog</dialog><script>document.querySelector('dialog').show()</script>`,
      }),
    },
    expect: { texts: ['Plain dialog'] },
  },
  {
    name: 'popover',
    promise: 'an open popover is shown, a closed one is not',
    routes: {
      '': page({
        head: `<style>#one{position:fixed;inset:10px auto auto 10px;width:120px;height:60px;margin:0;padding:0;border:0;background:#c00000}#one:popover-open{background:${green}}</style>`,
        body: `<p>Page</p><div id="one" popover></div><div id="two" popover>Never seen</div><div id="three" popover="manual">Popover words</div>
          <script>document.querySelector('#three').showPopover(); document.querySelector('#one').showPopover()</script>`,
      }),
    },
    expect: { green: 1, texts: ['Popover words'] },
  },
  {
    name: 'details',
    promise: 'details are open or closed as they were',
    routes: {
      '': page({
        body: `<details id="d"><summary>One</summary>Opened words</details><details open id="e"><summary>Two</summary>Shut words</details>
          <script>document.querySelector('#d').open = true; document.querySelector('#e').open = false</script>`,
      }),
    },
    expect: { texts: ['Opened words'] },
  },
  {
    name: 'inner-scroll',
    promise: 'all text of an inner scroller is kept',
    routes: {
      '': page({
        body: `<div style="height:200px;overflow:auto;border:1px solid">${Array.from({ length: 60 }, (_, i) => `<p>Row ${i + 1}</p>`).join('')}</div>`,
      }),
    },
    expect: { texts: ['Row 60'] },
  },
  {
    name: 'noscript',
    promise: 'what is meant for browsers without scripts is not shown in the replay of one that had them',
    routes: {
      '': page({
        head: '<noscript><style>.slot{background:#c00000!important}</style></noscript>',
        body: `${slot(0)}<noscript><p>Please switch on scripts</p></noscript><p>Scripted</p><script>document.querySelector('.s0').style.background='${green}'</script>`,
      }),
    },
    expect: { green: 1, scripts: false },
  },
];
